import { Body, Controller, HttpCode, Options, Post } from '@nestjs/common';
import type { Payload } from '@temporalio/common';
import { Access } from '../../../auth/access.decorator.js';
import { FromTemporalPages } from '../../../auth/from-temporal-pages.decorator.js';
import { Public } from '../../../auth/public.decorator.js';
import { codecPayloads, type CodecPayloads } from './codec.schemas.js';
import { TemporalCodec } from './temporal-codec.service.js';

/**
 * Opens for Temporal's own pages and its CLI what WFAIB sealed, for who administers the installation. The pages call it from
 * the browser, with the person's session: their address is `TEMPORAL_UI_URL`.
 * @see https://docs.temporal.io/codec-server
 */
@Controller('codec')
export class CodecController {
  constructor(private readonly codec: TemporalCodec) {}

  @Options(['encode', 'decode'])
  @HttpCode(204)
  @Public()
  @FromTemporalPages()
  preflight(): void {}

  @Post('decode')
  @HttpCode(200)
  @Access('settings:edit')
  @FromTemporalPages()
  async decode(@Body({ schema: codecPayloads }) body: CodecPayloads): Promise<CodecPayloads> {
    return toJson(await (await this.codec.get()).decode(fromJson(body)));
  }

  @Post('encode')
  @HttpCode(200)
  @Access('settings:edit')
  @FromTemporalPages()
  async encode(@Body({ schema: codecPayloads }) body: CodecPayloads): Promise<CodecPayloads> {
    return toJson(await (await this.codec.get()).encode(fromJson(body)));
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
