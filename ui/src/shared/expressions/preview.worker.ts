import { evaluateSample } from './evaluate-sample.js';
import * as names from '@wfaib/sdk/expressions/names';
import type { ExpressionSample } from './sample-context.js';

interface PreviewRequest {
  id: number;
  /** Asks for all names an expression can use instead. */
  names?: boolean;
  template: string;
  /** Left out when it is the one sent before. */
  sample?: ExpressionSample;
}

let sample: ExpressionSample | undefined;

self.onmessage = ({ data }: MessageEvent<PreviewRequest>) => {
  if (data.names) {
    const { rootNames, memberNames, viewNames, namespaceNames } = names;
    self.postMessage({
      id: data.id,
      reply: { ok: true, value: { rootNames, memberNames, viewNames, namespaceNames } },
    });
    return;
  }
  sample = data.sample ?? sample;
  if (sample) self.postMessage({ id: data.id, reply: evaluateSample(data.template, sample) });
};
