import { afterEach, expect, it } from 'vitest';
import { ApiError } from '../../api/client.js';
import type { Workflow } from '../../api/types.js';
import { aCatalog, aDocument, aNode } from '../../testing/documents.js';
import { Autosave } from './autosave.js';
import type { SaveState } from './autosave.js';
import { DraftCopies } from './draft-copy.js';
import { createEditorStore } from './editor-store.js';

function setUp(answer: (revision: number) => Workflow) {
  const store = createEditorStore({
    workflowId: 'w',
    catalog: aCatalog,
    document: aDocument([aNode('a')]),
    revision: 7,
  });
  const states: SaveState['kind'][] = [];
  const sent: number[] = [];
  const autosave = new Autosave(
    store,
    (state) => states.push(state.kind),
    (_id, _document, revision) => {
      sent.push(revision);
      return Promise.resolve().then(() => answer(revision));
    },
  );
  const stop = autosave.start();
  const rename = (name: string) => store.getState().edit('Rename', (document) => void (document.name = name));
  return { store, states, sent, autosave, stop, rename };
}

/** As the next page finds it. */
const readCopy = (workflowId: string) => new DraftCopies(workflowId).find()[0];

afterEach(() => localStorage.clear());

it('saves with the revision it knows and takes over the new one', async () => {
  const { store, states, sent, autosave, rename } = setUp((revision) => ({ revision: revision + 1 }) as Workflow);
  rename('New');
  await autosave.flush();
  rename('Newer');
  await autosave.flush();
  expect(sent).toEqual([7, 8]);
  expect(store.getState().revision).toBe(9);
  expect(states.at(-1)).toBe('saved');
  expect(readCopy('w')).toBeUndefined();
});

it('keeps changes in the browser and stops saving when someone saved before', async () => {
  const { store, states, sent, autosave, rename } = setUp(() => {
    throw new ApiError(409, 'workflow.conflict', 'Someone saved before.');
  });
  rename('Mine');
  await expect(autosave.flush()).rejects.toThrow('Someone saved before.');
  rename('Mine too');
  await autosave.flush();
  expect(sent).toEqual([7]);
  expect(states).toContain('conflict');
  expect(store.getState().conflicted).toBe(true);
  expect(readCopy('w')?.document.name).toBe('Mine too');
});

it('keeps changes in the browser while the server is away', async () => {
  const { states, autosave, rename, stop } = setUp(() => {
    throw new ApiError(0, 'network', 'away');
  });
  rename('Offline');
  await expect(autosave.flush()).rejects.toThrow('away');
  expect(states.at(-1)).toBe('offline');
  expect(readCopy('w')?.document.name).toBe('Offline');
  stop();
});

it('has nothing to save after undo of the only change', async () => {
  const { store, sent, autosave, rename } = setUp((revision) => ({ revision: revision + 1 }) as Workflow);
  rename('New');
  store.getState().undo();
  store.setState({ saved: store.getState().history.document });
  await autosave.flush();
  expect(sent).toEqual([]);
});

it('keeps what an earlier page left behind while it follows others and saves, until the server has it', async () => {
  const left = aDocument([aNode('left')]);
  new DraftCopies('w').keep({ document: left, revision: 6, at: 1 });
  const { store, autosave, rename } = setUp((revision) => ({ revision: revision + 1 }) as Workflow);
  expect(store.getState().copies).toMatchObject([{ document: left, revision: 6 }]);
  store.getState().adopt(aDocument([aNode('theirs')]), 8);
  rename('Mine');
  await autosave.flush();
  expect(readCopy('w')).toMatchObject({ document: left, revision: 6, at: 1 });
  expect(store.getState().copies).toHaveLength(1);
  store.getState().adopt(aDocument([aNode('left')]), 10);
  expect(store.getState().copies).toEqual([]);
  expect(readCopy('w')).toBeUndefined();
});

it('puts aside what is not saved when the turn is lost, with the revision it was made to', async () => {
  const { store, autosave, rename } = setUp(() => {
    throw new ApiError(0, 'network', 'away');
  });
  rename('Offline');
  await expect(autosave.flush()).rejects.toThrow('away');
  await autosave.setAside();
  expect(autosave.isBehind()).toBe(false);
  expect(store.getState().copies).toMatchObject([{ document: { name: 'Offline' }, revision: 7 }]);
  store.getState().adopt(aDocument([aNode('theirs')]), 8);
  expect(store.getState().copies).toHaveLength(1);
});

it('leaves the copy of another open tab alone', async () => {
  const { rename } = setUp(() => ({ revision: 8 }) as Workflow);
  rename('First tab');
  const other = setUp(() => ({ revision: 8 }) as Workflow);
  other.rename('Other tab');
  await other.autosave.flush();
  expect(new DraftCopies('w').find().map(({ document }) => document.name)).toEqual(['First tab']);
});
