import { Body, Controller, Headers, HttpCode, Options, Post, Res } from '@nestjs/common';
import type { Payload } from '@temporalio/common';
import type { FastifyReply } from 'fastify';
import { Access } from '../../../auth/access.decorator.js';
import { FromTemporalPages } from '../../../auth/from-temporal-pages.decorator.js';
import { Public } from '../../../auth/public.decorator.js';
import { Settings } from '../../../config/config.service.js';
import { codecPayloads, type CodecPayloads } from './codec.schemas.js';
import { TemporalCodec } from './temporal-codec.service.js';

/**
 * Opens for Temporal's own pages and its CLI what WFAIB sealed, for who administers the installation. The pages call it from
 * the browser, with the person's session: their address is `TEMPORAL_UI_URL`.
 * @see https://docs.temporal.io/codec-server
 */
@Controller('codec')
export class CodecController {
  constructor(
    private readonly codec: TemporalCodec,
    private readonly settings: Settings,
  ) {}

  @Options(['encode', 'decode'])
  @HttpCode(204)
  @Public()
  preflight(@Headers('origin') origin: string | undefined, @Res({ passthrough: true }) reply: FastifyReply): void {
    this.#allow(origin, reply);
  }

  @Post('decode')
  @HttpCode(200)
  @Access('settings:edit')
  @FromTemporalPages()
  async decode(
    @Body({ schema: codecPayloads }) body: CodecPayloads,
    @Headers('origin') origin: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CodecPayloads> {
    this.#allow(origin, reply);
    return toJson(await (await this.codec.get()).decode(fromJson(body)));
  }

  @Post('encode')
  @HttpCode(200)
  @Access('settings:edit')
  @FromTemporalPages()
  async encode(
    @Body({ schema: codecPayloads }) body: CodecPayloads,
    @Headers('origin') origin: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CodecPayloads> {
    this.#allow(origin, reply);
    return toJson(await (await this.codec.get()).encode(fromJson(body)));
  }

  /** Lets a page of Temporal read the answer. Other pages get an answer that their browser keeps from them. */
  #allow(origin: string | undefined, reply: FastifyReply): void {
    const { temporalUiUrl } = this.settings;
    if (temporalUiUrl === undefined || origin !== new URL(temporalUiUrl).origin) return;
    void reply.headers({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST, OPTIONS',
      'access-control-allow-headers': 'content-type, x-namespace, authorization, authorization-extras',
      'access-control-max-age': '600',
      vary: 'origin',
    });
  }
}

function fromJson({ payloads }: CodecPayloads): Payload[] {
  return payloads.map(({ metadata, data }) => ({
    metadata: Object.fromEntries(Object.entries(metadata).map(([name, text]) => [name, Buffer.from(text, 'base64')])),
    data: Buffer.from(data, 'base64'),
  }));
}

function toJson(payloads: Payload[]): CodecPayloads {
  return {
    payloads: payloads.map(({ metadata, data }) => ({
      metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, bytes]) => [name, base64(bytes)])),
      data: base64(data ?? new Uint8Array()),
    })),
  };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
