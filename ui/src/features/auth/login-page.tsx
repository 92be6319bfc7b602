import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { messageOf } from '../../api/client.js';
import { Button } from '../../shared/components/button.js';
import { t } from '../../shared/i18n/i18n.js';
import { AuthField, AuthFrame } from './auth-frame.js';
import { signIn } from './api/sign-in.js';
import { sessionKey, useSession } from './api/use-session.js';

export function LoginPage() {
  const { next } = useSearch({ from: '/login' });
  const session = useSession();
  const navigate = useNavigate();
  const router = useRouter();
  const queryClient = useQueryClient();
  const form = useForm({ defaultValues: { email: '', password: '' } });
  const { errors, isSubmitting } = form.formState;
  const setupNeeded = session.data?.setupNeeded === true;
  useEffect(() => {
    if (setupNeeded) void navigate({ to: '/setup', search: {} });
  }, [setupNeeded, navigate]);

  const submit = form.handleSubmit(async ({ email, password }) => {
    try {
      await signIn(email, password);
      await queryClient.invalidateQueries({ queryKey: sessionKey });
      // Only a path of this site: an address from outside must not steer the person away.
      if (next && /^\/(?![/\\])/.test(next)) router.history.push(next);
      else await navigate({ to: '/workflows', search: {} });
    } catch (error) {
      form.setError('root', { message: messageOf(error) });
    }
  });

  return (
    <AuthFrame title={t('auth.signIn')} intro={t('auth.intro')}>
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        <AuthField id="email" label={t('auth.email')} error={errors.email?.message}>
          <input
            id="email"
            type="email"
            autoComplete="username"
            autoFocus
            className="field-input"
            {...form.register('email', { required: t('auth.emailMissing') })}
          />
        </AuthField>
        <AuthField id="password" label={t('auth.password')} error={errors.password?.message}>
          <input
            id="password"
            type="password"
            autoComplete="current-password"
            className="field-input"
            {...form.register('password', { required: t('auth.passwordMissing') })}
          />
        </AuthField>
        {errors.root && (
          <p role="alert" className="rounded-md bg-failed-soft px-3 py-2 text-13 text-failed">
            {errors.root.message}
          </p>
        )}
        <Button type="submit" variant="primary" disabled={isSubmitting} className="h-10">
          {t('auth.signIn')}
        </Button>
      </form>
    </AuthFrame>
  );
}
