import { evaluateSample } from './evaluate-sample.js';
import type { ExpressionSample } from './sample-context.js';

interface PreviewRequest {
  id: number;
  template: string;
  /** Left out when it is the one sent before. */
  sample?: ExpressionSample;
}

let sample: ExpressionSample | undefined;

self.onmessage = ({ data }: MessageEvent<PreviewRequest>) => {
  sample = data.sample ?? sample;
  if (sample) self.postMessage({ id: data.id, reply: evaluateSample(data.template, sample) });
};
