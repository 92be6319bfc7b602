/** Says which version answers triggers. */
export function LivePill({ live }: { live: number | null }) {
  if (live === null) {
    return (
      <span className="inline-flex items-center gap-1.5 text-12 font-medium text-muted">
        <span aria-hidden className="size-2 rounded-full border border-line-strong" />
        Not live
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-1.5 text-12 font-medium text-ok">
      <span aria-hidden className="size-2 rounded-full bg-ok" />
      Live v{live}
    </span>
  );
}
