import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ApiError } from '../../api/client.js';
import { BulkBar } from '../../shared/components/bulk-bar.js';
import { Button, IconButton } from '../../shared/components/button.js';
import type { ButtonVariant } from '../../shared/components/button.js';
import { ChooseBox } from '../../shared/components/choose-box.js';
import { Confirm } from '../../shared/components/confirm.js';
import { Dialog } from '../../shared/components/dialog.js';
import { LivePill } from '../../shared/components/live-pill.js';
import { Menu } from '../../shared/components/menu.js';
import { NodeIcon } from '../../shared/components/node-icon.js';
import { Empty, Loading, LoadError } from '../../shared/components/page.js';
import { SearchBox } from '../../shared/components/search-box.js';
import { Segmented } from '../../shared/components/segmented.js';
import { StatusLabel, statusLooks } from '../../shared/components/status.js';
import type { StatusName } from '../../shared/components/status.js';
import { Switch } from '../../shared/components/switch.js';
import { notify, notifyError } from '../../shared/components/toasts.js';
import { Specimen, Specimens } from './specimen.js';

const variants: ButtonVariant[] = ['primary', 'default', 'quiet', 'danger'];
type View = 'table' | 'json';
const nothing = () => {};

export function ComponentsGallery() {
  return (
    <>
      <Buttons />
      <Choices />
      <Specimens title="Status">
        {(Object.keys(statusLooks) as StatusName[]).map((status) => (
          <Specimen key={status} state={status}>
            <StatusLabel status={status} />
          </Specimen>
        ))}
        <Specimen state="live">
          <LivePill live={12} />
        </Specimen>
        <Specimen state="not live">
          <LivePill live={null} />
        </Specimen>
        <Specimen state="icon of a step">
          <NodeIcon icon="webhook" />
        </Specimen>
        <Specimen state="icon that is not known">
          <NodeIcon icon="no-such-icon" />
        </Specimen>
      </Specimens>
      <Specimens title="Page states">
        <Specimen state="empty">
          <Empty title="No credentials yet" action={<Button variant="primary">New credential</Button>}>
            Passwords, tokens and keys that steps use.
          </Empty>
        </Specimen>
        <Specimen state="loading">
          <Loading />
        </Specimen>
        <Specimen state="failed to load">
          <LoadError
            error={new ApiError(503, 'server.busy', 'The server is busy. Try again soon.')}
            onRetry={nothing}
          />
        </Specimen>
      </Specimens>
      <Specimens title="Bulk bar">
        <Specimen wide state="chosen">
          <BulkBar count={3} progress={undefined} onClear={nothing}>
            <Button dense>Retry</Button>
          </BulkBar>
        </Specimen>
        <Specimen wide state="some could not be done">
          <BulkBar
            count={3}
            progress={{ done: 3, total: 3, failures: [{ name: 'Order intake', message: 'It is not over yet.' }] }}
            onClear={nothing}
          >
            {null}
          </BulkBar>
        </Specimen>
      </Specimens>
      <Overlays />
    </>
  );
}

function Buttons() {
  return (
    <Specimens title="Buttons">
      {variants.map((variant) => (
        <Specimen key={variant} state={variant}>
          <Button variant={variant}>Publish</Button>
        </Specimen>
      ))}
      {variants.map((variant) => (
        <Specimen key={variant} state={`${variant}, off`}>
          <Button variant={variant} disabled>
            Publish
          </Button>
        </Specimen>
      ))}
      <Specimen state="dense, with an icon">
        <Button dense icon={<Plus size={14} />}>
          Add
        </Button>
      </Specimen>
      <Specimen state="icon">
        <IconButton label="Delete">
          <Trash2 size={15} />
        </IconButton>
      </Specimen>
      <Specimen state="icon, pressed">
        <IconButton label="Delete, pressed" pressed>
          <Trash2 size={15} />
        </IconButton>
      </Specimen>
      <Specimen state="icon, off">
        <IconButton label="Delete, off" disabled>
          <Trash2 size={15} />
        </IconButton>
      </Specimen>
    </Specimens>
  );
}

function Choices() {
  const [on, setOn] = useState(true);
  const [view, setView] = useState<View>('table');
  const [text, setText] = useState('');
  const options = [
    { value: 'table' as const, label: 'Table' },
    { value: 'json' as const, label: 'JSON' },
  ];
  return (
    <Specimens title="Choices">
      <Specimen state="switch">
        <Switch label="Live" checked={on} onChange={setOn} />
      </Specimen>
      <Specimen state="switch, off">
        <Switch label="Not live" checked={false} onChange={nothing} disabled />
      </Specimen>
      <Specimen state="segmented">
        <Segmented<View> label="View" value={view} onChange={setView} options={options} />
      </Specimen>
      <Specimen state="segmented, dense">
        <Segmented<View> dense label="View, dense" value={view} onChange={setView} options={options} />
      </Specimen>
      <Specimen state="search">
        <SearchBox label="Search workflows" value={text} onChange={setText} />
      </Specimen>
      <Specimen state="search, dense">
        <SearchBox dense label="Search items" value={text} onChange={setText} />
      </Specimen>
    </Specimens>
  );
}

type Layer = 'dialog' | 'confirm' | 'choose';

function Overlays() {
  const [layer, setLayer] = useState<Layer>();
  const close = () => setLayer(undefined);
  return (
    <Specimens title="Over the page">
      <Menu
        trigger={<Button>Menu</Button>}
        header="owner@example.test"
        entries={[
          { label: 'Duplicate', keys: 'Ctrl+D', icon: <Plus size={15} />, onSelect: nothing },
          { label: 'Off', disabled: true, onSelect: nothing },
          { label: 'Delete', danger: true, separated: true, icon: <Trash2 size={15} />, onSelect: nothing },
        ]}
      />
      <Button onClick={() => setLayer('dialog')}>Dialog</Button>
      <Button onClick={() => setLayer('confirm')}>Confirm</Button>
      <Button onClick={() => setLayer('choose')}>Choose box</Button>
      <Button onClick={() => notify('Draft saved.')}>Toast</Button>
      <Button onClick={() => notifyError(new Error('The service answered 503.'))}>Toast of an error</Button>
      <Dialog
        open={layer === 'dialog'}
        onClose={close}
        title="A dialog"
        description="What it is about."
        footer={<Button onClick={close}>Done</Button>}
      >
        What it holds.
      </Dialog>
      <Confirm open={layer === 'confirm'} title="Delete it?" action="Delete" onClose={close} onConfirm={close}>
        It cannot be brought back.
      </Confirm>
      {layer === 'choose' && (
        <ChooseBox
          label="Commands"
          placeholder="Type a command…"
          empty="Nothing matches."
          onClose={close}
          groups={[
            {
              title: 'Steps',
              choices: [
                { id: 'add', label: 'Add a step', keys: 'N', onChoose: nothing },
                { id: 'delete', label: 'Delete', detail: 'and reconnect', danger: true, onChoose: nothing },
              ],
            },
          ]}
        />
      )}
    </Specimens>
  );
}
