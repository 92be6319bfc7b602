interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange(value: T): void;
  dense?: boolean;
}

/** A few choices side by side; a radio group, so arrows move within it. */
export function Segmented<T extends string>({ label, value, options, onChange, dense = false }: SegmentedProps<T>) {
  const move = (from: number, by: number) => {
    const next = options[(from + by + options.length) % options.length];
    if (next) onChange(next.value);
  };
  const noneChosen = !options.some((option) => option.value === value);
  return (
    <div role="radiogroup" aria-label={label} className="inline-flex shrink-0 rounded-md bg-subtle p-0.5">
      {options.map((option, index) => {
        const chosen = option.value === value;
        return (
          <button
            key={option.value}
            type="button"
            role="radio"
            aria-checked={chosen}
            tabIndex={chosen || (noneChosen && index === 0) ? 0 : -1}
            onClick={() => onChange(option.value)}
            onKeyDown={(event) => {
              const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
              if (!by) return;
              event.preventDefault();
              move(index, by);
              const sibling =
                event.currentTarget.parentElement?.children[(index + by + options.length) % options.length];
              if (sibling instanceof HTMLElement) sibling.focus();
            }}
            className={`rounded-[5px] px-2.5 font-medium whitespace-nowrap transition-colors duration-120 ${dense ? 'h-6 text-12' : 'h-7 text-13'} ${chosen ? 'bg-surface text-ink shadow-[0_0_0_1px_var(--line)]' : 'text-muted hover:text-ink'}`}
          >
            {option.label}
          </button>
        );
      })}
    </div>
  );
}
