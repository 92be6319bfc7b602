import approvals from './de/approvals.json' with { type: 'json' };
import code from './de/code.json' with { type: 'json' };
import common from './de/common.json' with { type: 'json' };
import connectors from './de/connectors.json' with { type: 'json' };
import credentials from './de/credentials.json' with { type: 'json' };
import data from './de/data.json' with { type: 'json' };
import editing from './de/editing.json' with { type: 'json' };
import editor from './de/editor.json' with { type: 'json' };
import expression from './de/expression.json' with { type: 'json' };
import form from './de/form.json' with { type: 'json' };
import home from './de/home.json' with { type: 'json' };
import notifications from './de/notifications.json' with { type: 'json' };
import runs from './de/runs.json' with { type: 'json' };
import schedules from './de/schedules.json' with { type: 'json' };
import settings from './de/settings.json' with { type: 'json' };
import shell from './de/shell.json' with { type: 'json' };
import variables from './de/variables.json' with { type: 'json' };
import workflows from './de/workflows.json' with { type: 'json' };

/** Every text in German. */
export const de = {
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
