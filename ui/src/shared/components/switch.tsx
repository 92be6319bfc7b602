import { Switch as Base } from '@base-ui/react/switch';

interface SwitchProps {
  checked: boolean;
  onChange(checked: boolean): void;
  label: string;
  disabled?: boolean;
  id?: string;
  describedBy?: string | undefined;
}

export function Switch({ checked, onChange, label, disabled = false, id, describedBy }: SwitchProps) {
  return (
    <Base.Root
      {...(id ? { id } : {})}
      aria-label={label}
      aria-describedby={describedBy}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
      className="relative inline-flex h-[18px] w-8 shrink-0 items-center rounded-full border border-line-strong bg-subtle transition-colors duration-120 data-[checked]:border-accent data-[checked]:bg-accent data-[disabled]:opacity-45"
    >
      <Base.Thumb className="size-3 translate-x-0.5 rounded-full bg-line-strong transition-transform duration-120 data-[checked]:translate-x-[16px] data-[checked]:bg-on-accent" />
    </Base.Root>
  );
}
