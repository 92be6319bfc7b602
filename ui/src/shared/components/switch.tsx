interface SwitchProps {
  checked: boolean;
  onChange(checked: boolean): void;
  label: string;
  disabled?: boolean;
  id?: string;
  describedBy?: string | undefined;
}

/** On or off, at once. What can be hit is 24 px high, though it looks smaller. */
export function Switch({ checked, onChange, label, disabled = false, id, describedBy }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      aria-checked={checked}
      disabled={disabled}
      onClick={() => onChange(!checked)}
      className="group inline-flex h-6 shrink-0 items-center rounded-full disabled:opacity-45"
    >
      <span className="flex h-[18px] w-8 items-center rounded-full border border-line-strong bg-subtle transition-colors duration-120 group-aria-checked:border-accent group-aria-checked:bg-accent">
        <span className="size-3 translate-x-0.5 rounded-full bg-line-strong transition-transform duration-120 group-aria-checked:translate-x-[16px] group-aria-checked:bg-on-accent" />
      </span>
    </button>
  );
}
