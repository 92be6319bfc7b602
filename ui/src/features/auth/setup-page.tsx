import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { messageOf } from '../../api/client.js';
import { Button } from '../../shared/components/button.js';
import { t } from '../../shared/i18n/i18n.js';
import { AuthField, AuthFrame } from './auth-frame.js';
import { createOwner } from './api/create-owner.js';
import { sessionKey } from './api/use-session.js';

interface SetupForm {
  name: string;
  email: string;
  password: string;
}

export function SetupPage() {
  const { token } = useSearch({ from: '/setup' });
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const form = useForm<SetupForm>({ defaultValues: { name: '', email: '', password: '' } });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async ({ name, ...rest }) => {
    try {
      await createOwner({ token: token ?? '', ...rest, ...(name ? { name } : {}) });
      await queryClient.invalidateQueries({ queryKey: sessionKey });
      await navigate({ to: '/workflows', search: {} });
    } catch (error) {
      form.setError('root', { message: messageOf(error) });
    }
  });

  if (!token) {
    return (
      <AuthFrame title={t('setup.almost')} intro={t('setup.link')}>
        <pre className="rounded-card bg-subtle p-3 font-mono text-12 break-all whitespace-pre-wrap text-muted">
          {location.origin}/setup?token=…
        </pre>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t('setup.title')} intro={t('setup.intro')}>
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        <AuthField id="name" label={t('setup.name')}>
          <input id="name" autoComplete="name" autoFocus className="field-input" {...form.register('name')} />
        </AuthField>
        <AuthField id="email" label={t('auth.email')} error={errors.email?.message}>
          <input
            id="email"
            type="email"
            autoComplete="username"
            className="field-input"
            aria-invalid={errors.email !== undefined}
            aria-describedby="email-error"
            {...form.register('email', {
              required: t('setup.emailMissing'),
              pattern: { value: /^\S+@\S+$/, message: t('setup.noEmail') },
            })}
          />
        </AuthField>
        <AuthField id="password" label={t('setup.password')} error={errors.password?.message}>
          <input
            id="password"
            type="password"
            autoComplete="new-password"
            className="field-input"
            aria-invalid={errors.password !== undefined}
            aria-describedby="password-error"
            {...form.register('password', {
              required: t('setup.passwordMissing'),
              minLength: { value: 12, message: t('setup.passwordShort') },
            })}
          />
        </AuthField>
        {errors.root && (
          <p role="alert" className="rounded-md bg-failed-soft px-3 py-2 text-13 text-failed">
            {errors.root.message}
          </p>
        )}
        <Button type="submit" variant="primary" disabled={isSubmitting} className="h-10">
          {t('setup.submit')}
        </Button>
      </form>
    </AuthFrame>
  );
}
