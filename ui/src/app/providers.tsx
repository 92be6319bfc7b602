import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ApiError } from '../api/client.js';
import { sessionKey } from '../features/auth/api/use-session.js';
import { useLanguage } from '../shared/i18n/i18n.js';
import { Toasts } from '../shared/components/toasts.js';
import { router } from './router.js';

const queryClient = new QueryClient({
  queryCache: new QueryCache({
    // The session ended: asking for it again leads to the sign-in page, which comes back here.
    onError: (error) => {
      if (error instanceof ApiError && error.status === 401)
        void queryClient.invalidateQueries({ queryKey: sessionKey });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal is an answer; only a server that cannot be reached or is busy is asked again.
      retry: (count, error) =>
        count < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status === 503),
    },
  },
});

export function Providers() {
  const language = useLanguage();
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider key={language} router={router} />
      <Toasts />
    </QueryClientProvider>
  );
}
