import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { signOut } from '../features/auth/api/sign-out.js';
import { useSession } from '../features/auth/api/use-session.js';
import { Menu } from '../shared/components/menu.js';
import { notifyError } from '../shared/components/toasts.js';
import { useTheme } from './theme.js';
import type { ThemeChoice } from './theme.js';

const themes: { choice: ThemeChoice; label: string; icon: React.ReactNode }[] = [
  { choice: 'system', label: 'Theme: as the system', icon: <Monitor size={15} /> },
  { choice: 'light', label: 'Theme: light', icon: <Sun size={15} /> },
  { choice: 'dark', label: 'Theme: dark', icon: <Moon size={15} /> },
];

export function UserMenu() {
  const session = useSession();
  const theme = useTheme();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const user = session.data?.user;
  const leave = async () => {
    try {
      await signOut();
      queryClient.clear();
      await navigate({ to: '/login', search: {} });
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <Menu
      side="right"
      align="end"
      header={user?.email}
      trigger={
        <button
          aria-label="You and the theme"
          className="mt-1 flex size-8 items-center justify-center rounded-full bg-subtle text-12 font-semibold text-muted uppercase hover:text-ink"
        >
          {(user?.name ?? user?.email ?? '?').slice(0, 2)}
        </button>
      }
      entries={[
        ...themes.map(({ choice, label, icon }) => ({
          label: theme.choice === choice ? `${label} ✓` : label,
          icon,
          onSelect: () => theme.choose(choice),
        })),
        { label: 'Sign out', icon: <LogOut size={15} />, separated: true, onSelect: () => void leave() },
      ]}
    />
  );
}
