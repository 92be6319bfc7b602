import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Languages, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { signOut } from '../features/auth/api/sign-out.js';
import { useSession } from '../features/auth/api/use-session.js';
import { Menu } from '../shared/components/menu.js';
import { notifyError } from '../shared/components/toasts.js';
import { chooseLanguage, languageChoice, languages, t } from '../shared/i18n/i18n.js';
import type { Language, LanguageChoice } from '../shared/i18n/i18n.js';
import { useTheme } from './theme.js';
import type { ThemeChoice } from './theme.js';

const themes: { choice: ThemeChoice; icon: React.ReactNode }[] = [
  { choice: 'system', icon: <Monitor size={15} /> },
  { choice: 'light', icon: <Sun size={15} /> },
  { choice: 'dark', icon: <Moon size={15} /> },
];

const languageChoices: LanguageChoice[] = ['system', ...(Object.keys(languages) as Language[])];

/** What is chosen carries a mark. */
const marked = (label: string, isChosen: boolean) => (isChosen ? t('user.chosen', { label }) : label);

const languageLabel = (choice: LanguageChoice) =>
  choice === 'system' ? t('user.language.system') : t('user.language', { name: languages[choice] });

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
          aria-label={t('user.menu')}
          className="flex h-11 min-w-6 flex-1 shrink-0 items-center justify-center sm:h-8 sm:flex-none"
        >
          <span className="flex size-8 items-center justify-center rounded-full bg-subtle text-12 font-semibold text-muted uppercase hover:text-ink">
            {(user?.name ?? user?.email ?? '?').slice(0, 2)}
          </span>
        </button>
      }
      entries={[
        ...themes.map(({ choice, icon }) => ({
          label: marked(t(`user.theme.${choice}`), theme.choice === choice),
          icon,
          onSelect: () => theme.choose(choice),
        })),
        ...languageChoices.map((choice, index) => ({
          label: marked(languageLabel(choice), languageChoice() === choice),
          icon: <Languages size={15} />,
          separated: index === 0,
          onSelect: () => void chooseLanguage(choice).catch(notifyError),
        })),
        { label: t('user.signOut'), icon: <LogOut size={15} />, separated: true, onSelect: () => void leave() },
      ]}
    />
  );
}
