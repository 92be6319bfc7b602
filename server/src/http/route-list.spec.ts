import { expect, it } from 'vitest';
import { RouteList } from './route-list.js';

const routes = new RouteList();
routes.add('/api/runs', ['GET', 'HEAD']);
routes.add('/api/runs', 'POST');
routes.add('/api/runs/:id', 'GET');
routes.add('/hooks/*', 'POST');
routes.add('/a.b', 'GET');

it.each([
  ['/api/runs', ['GET', 'HEAD', 'POST']],
  ['/api/runs/', ['GET', 'HEAD', 'POST']],
  ['/api/runs/1', ['GET']],
  ['/api/runs/1/2', []],
  ['/hooks/a/b', ['POST']],
  ['/axb', []],
  ['/nothing', []],
])('%s takes %o', (path, methods) => {
  expect(routes.methodsFor(path)).toEqual(methods);
});
