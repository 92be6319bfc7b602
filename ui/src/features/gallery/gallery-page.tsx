import { ComponentsGallery } from './components-gallery.js';
import { DataGallery } from './data-gallery.js';
import { FieldsGallery } from './fields-gallery.js';

/** Every shared component in every state, for those who work on them. Nothing links to it. */
export function GalleryPage() {
  return (
    <main className="thin-scroll flex h-full flex-col gap-4 overflow-auto bg-canvas p-6" tabIndex={-1}>
      <h1 className="text-20 font-semibold">Gallery</h1>
      <ComponentsGallery />
      <FieldsGallery />
      <DataGallery />
    </main>
  );
}
