import { Controller, Get, Module, Post } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { expect, it } from 'vitest';
import { Access } from './access.decorator.js';
import { Public } from './public.decorator.js';
import { RouteAudit } from './route-audit.service.js';

@Controller('api/open')
@Public()
class OpenController {
  @Get()
  show(): void {}

  @Post(':id/close')
  @Access('settings:edit')
  close(): void {}
}

@Controller('api/forgotten')
class ForgottenController {
  @Get('one')
  one(): void {}

  @Access('run:read')
  @Get('two')
  two(): void {}
}

@Module({ imports: [DiscoveryModule], controllers: [OpenController], providers: [RouteAudit] })
class GoodModule {}

@Module({ imports: [DiscoveryModule], controllers: [OpenController, ForgottenController], providers: [RouteAudit] })
class BadModule {}

const start = (module: object) => NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });

it('lists each route with who may use it', async () => {
  const app = await start(GoodModule);
  expect(app.get(RouteAudit).routes()).toEqual([
    { route: 'GET /api/open', access: 'public' },
    { route: 'POST /api/open/:id/close', access: 'settings:edit' },
  ]);
  await app.close();
});

it('stops the start where a route says nothing', async () => {
  await expect(start(BadModule)).rejects.toThrow(
    "These routes carry neither @Access('…') nor @Public(): GET /api/forgotten/one.",
  );
});
