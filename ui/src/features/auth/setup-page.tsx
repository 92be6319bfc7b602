import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { messageOf } from '../../api/client.js';
import { Button } from '../../shared/components/button.js';
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
      <AuthFrame
        title="Almost there"
        intro="Open the one-time link that the server printed when it started. It lets you, and nobody else, make the owner."
      >
        <pre className="rounded-card bg-subtle p-3 font-mono text-12 break-all whitespace-pre-wrap text-muted">
          {location.origin}/setup?token=…
        </pre>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title="Make the owner" intro="The first account of this installation. It can do everything.">
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        <AuthField id="name" label="Name (optional)">
          <input id="name" autoComplete="name" autoFocus className="field-input" {...form.register('name')} />
        </AuthField>
        <AuthField id="email" label="E-mail" error={errors.email?.message}>
          <input
            id="email"
            type="email"
            autoComplete="username"
            className="field-input"
            aria-invalid={errors.email !== undefined}
            aria-describedby="email-error"
            {...form.register('email', {
              required: 'Type the address you will sign in with.',
              pattern: { value: /^\S+@\S+$/, message: 'This is no e-mail address.' },
            })}
          />
        </AuthField>
        <AuthField id="password" label="Password, 12 characters or more" error={errors.password?.message}>
          <input
            id="password"
            type="password"
            autoComplete="new-password"
            className="field-input"
            aria-invalid={errors.password !== undefined}
            aria-describedby="password-error"
            {...form.register('password', {
              required: 'Choose a password.',
              minLength: { value: 12, message: 'At least 12 characters.' },
            })}
          />
        </AuthField>
        {errors.root && (
          <p role="alert" className="rounded-md bg-failed-soft px-3 py-2 text-13 text-failed">
            {errors.root.message}
          </p>
        )}
        <Button type="submit" variant="primary" disabled={isSubmitting} className="h-10">
          Create owner and sign in
        </Button>
      </form>
    </AuthFrame>
  );
}
