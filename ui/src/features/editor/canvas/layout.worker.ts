import { layOut } from '../graph/layout.js';
import type { LayoutRequest } from '../graph/layout.js';

self.onmessage = (message: MessageEvent<LayoutRequest>) => self.postMessage(layOut(message.data));
