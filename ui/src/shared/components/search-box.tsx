import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';

interface SearchBoxProps {
  label: string;
  value: string;
  onChange(value: string): void;
  /** Small, for a line of other tools. */
  dense?: boolean;
}

/** Tells the text once typing pauses. */
export function SearchBox({ label, value, onChange, dense = false }: SearchBoxProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 250);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <div className={`relative shrink-0 ${dense ? 'w-24 focus-within:w-36' : 'w-56'}`}>
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
      />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className={`field-input pl-8! ${dense ? 'h-6! min-h-0! py-0! pr-1! text-12!' : ''}`}
      />
    </div>
  );
}
