import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  parseSearchWith,
  stringifySearchWith,
} from '@tanstack/react-router';
import { needServerTexts } from '../shared/i18n/server-texts.js';
import { Shell } from './shell.js';
import { NotFound } from './not-found.js';
import { readRunPageSearch, readRunsSearch, readWorkflowsSearch, text } from './search.js';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('../features/home/home-page.js'), 'HomePage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (raw) => ({ ...text(raw, 'token') }),
  component: lazyRouteComponent(() => import('../features/auth/setup-page.js'), 'SetupPage'),
});

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (raw) => ({ ...text(raw, 'next') }),
  component: lazyRouteComponent(() => import('../features/auth/login-page.js'), 'LoginPage'),
});

const workflows = createRoute({
  getParentRoute: () => shell,
  path: '/workflows',
  validateSearch: readWorkflowsSearch,
  component: lazyRouteComponent(() => import('../features/workflows/workflows-page.js'), 'WorkflowsPage'),
});

const editor = createRoute({
  getParentRoute: () => shell,
  path: '/workflows/$workflowId',
  validateSearch: (raw) => ({ ...text(raw, 'run'), ...text(raw, 'step'), ...text(raw, 'compare') }),
  component: lazyRouteComponent(() => import('./editor-route.js'), 'EditorRoute'),
});

const runs = createRoute({
  getParentRoute: () => shell,
  path: '/runs',
  validateSearch: readRunsSearch,
  component: lazyRouteComponent(() => import('../features/runs/runs-page.js'), 'RunsPage'),
});

const run = createRoute({
  getParentRoute: () => shell,
  path: '/runs/$runId',
  validateSearch: readRunPageSearch,
  component: lazyRouteComponent(() => import('../features/runs/run-page.js'), 'RunPage'),
});

const compare = createRoute({
  getParentRoute: () => shell,
  path: '/runs/$runId/compare/$otherId',
  component: lazyRouteComponent(() => import('../features/runs/compare-page.js'), 'ComparePage'),
});

const credentials = createRoute({
  getParentRoute: () => shell,
  path: '/credentials',
  component: lazyRouteComponent(() => import('../features/credentials/credentials-page.js'), 'CredentialsPage'),
});

const schedules = createRoute({
  getParentRoute: () => shell,
  path: '/schedules',
  component: lazyRouteComponent(() => import('../features/schedules/schedules-page.js'), 'SchedulesPage'),
});

const connectors = createRoute({
  getParentRoute: () => shell,
  path: '/connectors',
  validateSearch: (raw) => ({ ...text(raw, 'q'), ...text(raw, 'name') }),
  component: lazyRouteComponent(() => import('../features/connectors/connectors-page.js'), 'ConnectorsPage'),
});

const approvals = createRoute({
  getParentRoute: () => shell,
  path: '/approvals',
  validateSearch: (raw) => ({ ...text(raw, 'show') }),
  component: lazyRouteComponent(() => import('../features/approvals/approvals-page.js'), 'ApprovalsPage'),
});

const approval = createRoute({
  getParentRoute: () => shell,
  path: '/approvals/$approvalId',
  component: lazyRouteComponent(() => import('../features/approvals/approval-page.js'), 'ApprovalPage'),
});

const linkedApproval = createRoute({
  getParentRoute: () => root,
  path: '/approve/$token',
  component: lazyRouteComponent(() => import('../features/approvals/linked-approval-page.js'), 'LinkedApprovalPage'),
});

const templatesPage = async () => {
  const [page] = await Promise.all([import('../features/templates/templates-page.js'), needServerTexts('templates')]);
  return page;
};

const templates = createRoute({
  getParentRoute: () => shell,
  path: '/templates',
  validateSearch: (raw) => ({ ...text(raw, 'use') }),
  component: lazyRouteComponent(templatesPage, 'TemplatesPage'),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-page.js'), 'SettingsPage'),
});

const health = createRoute({
  getParentRoute: () => shell,
  path: '/settings/health',
  component: lazyRouteComponent(() => import('../features/settings/health-page.js'), 'HealthPage'),
});

const notifications = createRoute({
  getParentRoute: () => shell,
  path: '/settings/notifications',
  component: lazyRouteComponent(() => import('../features/notifications/notifications-page.js'), 'NotificationsPage'),
});

const variables = createRoute({
  getParentRoute: () => shell,
  path: '/variables',
  component: lazyRouteComponent(() => import('../features/variables/variables-page.js'), 'VariablesPage'),
});

/** For those who work on the interface; nothing links to it. */
const gallery = createRoute({
  getParentRoute: () => root,
  path: '/gallery',
  component: lazyRouteComponent(() => import('../features/gallery/gallery-page.js'), 'GalleryPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    setup,
    login,
    linkedApproval,
    gallery,
    shell.addChildren([
      home,
      workflows,
      editor,
      runs,
      run,
      compare,
      approvals,
      approval,
      credentials,
      schedules,
      connectors,
      templates,
      settings,
      health,
      notifications,
      variables,
    ]),
  ]),
  defaultPreload: 'intent',
  // An address holds texts as people write them: `?iter=2.10` is neither a number nor in quotes.
  parseSearch: parseSearchWith((value) => value),
  stringifySearch: stringifySearchWith(JSON.stringify),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
