import { render } from '@testing-library/react';
import { memo } from 'react';
import { expect, it } from 'vitest';
import { useSteady } from './use-steady.js';

it('hands out the same functions at every drawing, which do what the last drawing said', () => {
  const heard: string[] = [];
  let drawings = 0;
  let say = () => {};
  const Costly = memo(function Costly(props: { onSay(): void }) {
    drawings++;
    say = props.onSay;
    return null;
  });
  function Around({ word }: { word: string }) {
    return <Costly {...useSteady({ onSay: () => void heard.push(word) })} />;
  }
  const { rerender } = render(<Around word="first" />);
  say();
  rerender(<Around word="second" />);
  say();
  expect({ heard, drawings }).toEqual({ heard: ['first', 'second'], drawings: 1 });
});
