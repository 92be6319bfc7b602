import type { ReactNode } from 'react';

/** A group of specimens of one component. */
export function Specimens({ title, children }: { title: string; children: ReactNode }) {
  const id = `gallery-${title.toLowerCase().replace(/\W+/g, '-')}`;
  return (
    <section aria-labelledby={id} className="rounded-card border border-line bg-surface p-4">
      <h2 id={id} className="mb-3 text-13 font-semibold">
        {title}
      </h2>
      <div className="flex flex-wrap items-start gap-4">{children}</div>
    </section>
  );
}

/** One state of a component, with the name of the state. */
export function Specimen({ state, children, wide = false }: { state: string; children: ReactNode; wide?: boolean }) {
  return (
    <figure className={wide ? 'w-full min-w-0' : 'min-w-0'}>
      {children}
      <figcaption className="mt-1 text-11 text-muted">{state}</figcaption>
    </figure>
  );
}
