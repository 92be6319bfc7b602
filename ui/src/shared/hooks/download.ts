/** Offers `text` as a file. */
export function downloadText(fileName: string, text: string, type = 'application/json'): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  downloadFrom(address, fileName);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Takes the file at an address, under a name of ours. */
export function downloadFrom(address: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
}

/** "Order intake" becomes "order-intake". */
export function fileNameOf(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'workflow'
  );
}
