import { useRef } from 'react';
import { useTransform } from './use-transform.js';

const pitch = 24;
/** Nearer to each other, in pixels of the screen, dots would be a grey haze that is costly to draw. */
const least = 14;

/** Dots behind the canvas. They move as a picture: a pan draws none of them again. */
export function Dots() {
  const element = useRef<HTMLDivElement>(null);
  useTransform((x, y, zoom) => {
    if (!element.current) return;
    let gap = pitch * zoom;
    while (gap < least) gap *= 2;
    const { style } = element.current;
    style.transform = `translate(${x % gap}px, ${y % gap}px)`;
    if (style.getPropertyValue('--gap') !== `${gap}px`) style.setProperty('--gap', `${gap}px`);
  });
  return <div ref={element} aria-hidden className="wf-dots" />;
}
