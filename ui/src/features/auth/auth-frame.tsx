import type { ReactNode } from 'react';

export function AuthFrame({ title, intro, children }: { title: string; intro: ReactNode; children: ReactNode }) {
  return (
    <main className="flex min-h-full items-center justify-center bg-canvas p-6">
      <div className="w-full max-w-[380px]">
        <img src="/favicon.svg" alt="WFAIB" className="mb-6 size-10" />
        <h1 className="text-20 font-semibold">{title}</h1>
        <p className="mt-1 mb-6 text-13 text-muted">{intro}</p>
        {children}
      </div>
    </main>
  );
}

export function AuthField({
  label,
  error,
  children,
  id,
}: {
  label: string;
  id: string;
  error?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-13 font-medium">
        {label}
      </label>
      {children}
      {error && (
        <p id={`${id}-error`} className="mt-1 text-12 text-failed">
          {error}
        </p>
      )}
    </div>
  );
}
