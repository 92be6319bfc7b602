import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Choice } from '@wfaib/sdk/fields';
import type { StepError } from '@wfaib/sdk/errors';
import { Access } from '../auth/access.decorator.js';
import { CurrentCaller } from '../auth/caller.decorator.js';
import type { Caller } from '../auth/caller.types.js';
import { ConnectorHost } from '../connectors/connector-host.service.js';
import { CredentialsService } from './credentials.service.js';
import { lookUpChoices, type LookUpChoices } from './lookups.schemas.js';

const timeoutMs = 15_000;

/** The choices of fields that a connector fills when asked. It stands here because most services ask for a credential. */
@ApiTags('connectors')
@Controller('api/connectors')
export class LookupsController {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly host: ConnectorHost,
  ) {}

  /** Asks the connector. What the service says instead of choices is no failure of this call: it is in `error`. */
  @Post(':connectorId/choices')
  @HttpCode(200)
  @Access('credential:edit')
  async choices(
    @Param('connectorId') connectorId: string,
    @Body({ schema: lookUpChoices }) body: LookUpChoices,
    @CurrentCaller() caller: Caller,
  ): Promise<{ items: Choice[]; error?: Pick<StepError, 'code' | 'message'> }> {
    const { loader, input, search, credentialId } = body;
    const credential = credentialId ? await this.credentials.resolve(caller.projectId, credentialId) : undefined;
    const request = { connectorId, loader, input, search, ...(credential ? { credential } : {}) };
    const answer = await this.host.loadOptions(request, { timeoutMs, signal: new AbortController().signal });
    if (answer.ok) return { items: answer.choices };
    return { items: [], error: { code: answer.error.code, message: answer.error.message } };
  }
}
