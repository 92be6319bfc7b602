import { create } from 'zustand';

export type ThemeChoice = 'system' | 'light' | 'dark';

const systemDark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : undefined;

interface ThemeStore {
  choice: ThemeChoice;
  choose(choice: ThemeChoice): void;
}

/** `public/theme.js` reads the same name before the first paint. */
const storageName = 'wfaib.theme';

export const useTheme = create<ThemeStore>((set) => ({
  choice: stored(),
  choose: (choice) => {
    set({ choice });
    try {
      localStorage.setItem(storageName, choice);
    } catch {
      // Without storage the choice lasts until the page is left.
    }
    apply(choice);
  },
}));

systemDark?.addEventListener('change', () => apply(useTheme.getState().choice));

function stored(): ThemeChoice {
  try {
    const value = localStorage.getItem(storageName);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

function apply(choice: ThemeChoice): void {
  const dark = choice === 'dark' || (choice === 'system' && systemDark?.matches === true);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}
