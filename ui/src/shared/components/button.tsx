import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { shownKeys } from '../i18n/shown-keys.js';

export type ButtonVariant = 'primary' | 'default' | 'quiet' | 'danger';

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent border-transparent hover:opacity-90',
  default: 'bg-surface text-ink border-line-strong/60 hover:bg-hover hover:border-line-strong',
  quiet: 'bg-transparent text-muted border-transparent hover:bg-subtle hover:text-ink',
  danger: 'bg-surface text-failed border-failed/50 hover:bg-failed-soft',
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: ButtonVariant;
  /** 28 px instead of 32. */
  dense?: boolean;
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ variant = 'default', dense = false, icon, className = '', children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={`inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-[background-color,border-color,opacity] duration-120 select-none disabled:opacity-45 ${dense ? 'h-7 px-2 text-12' : 'h-8 px-3 text-13'} ${variants[variant]} ${className}`}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What the button does; its accessible name and its tooltip. */
  label: string;
  /** Key that does the same, shown in the tooltip. */
  keys?: string;
  pressed?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, keys, pressed, className = '', children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      title={keys ? `${label} (${shownKeys(keys)})` : label}
      className={`inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted transition-colors duration-120 hover:bg-subtle hover:text-ink disabled:opacity-40 disabled:hover:bg-transparent ${pressed ? 'bg-accent-soft text-accent' : ''} ${className}`}
      {...rest}
    >
      {children}
    </button>
  );
}
