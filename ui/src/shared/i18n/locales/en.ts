import approvals from './en/approvals.json' with { type: 'json' };
import code from './en/code.json' with { type: 'json' };
import common from './en/common.json' with { type: 'json' };
import connectors from './en/connectors.json' with { type: 'json' };
import credentials from './en/credentials.json' with { type: 'json' };
import data from './en/data.json' with { type: 'json' };
import editing from './en/editing.json' with { type: 'json' };
import editor from './en/editor.json' with { type: 'json' };
import expression from './en/expression.json' with { type: 'json' };
import form from './en/form.json' with { type: 'json' };
import home from './en/home.json' with { type: 'json' };
import notifications from './en/notifications.json' with { type: 'json' };
import runs from './en/runs.json' with { type: 'json' };
import schedules from './en/schedules.json' with { type: 'json' };
import settings from './en/settings.json' with { type: 'json' };
import shell from './en/shell.json' with { type: 'json' };
import variables from './en/variables.json' with { type: 'json' };
import workflows from './en/workflows.json' with { type: 'json' };

/** Every text in English, by its name: one file for each part of the interface. */
export const en = {
  ...approvals,
  ...code,
  ...common,
  ...connectors,
  ...credentials,
  ...data,
  ...editing,
  ...editor,
  ...expression,
  ...form,
  ...home,
  ...notifications,
  ...runs,
  ...schedules,
  ...settings,
  ...shell,
  ...variables,
  ...workflows,
};
