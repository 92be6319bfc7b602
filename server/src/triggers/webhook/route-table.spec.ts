import { describe, expect, it } from 'vitest';
import { pathKeyOf, requestSegments } from './path-pattern.js';
import { RouteTable } from './route-table.js';

const route = (method: string, path: string) => ({ method, path });
const find = (table: RouteTable<{ method: string; path: string }>, method: string, path: string) =>
  table.match(method, requestSegments(path) ?? []);

describe('RouteTable', () => {
  it('finds a route by method and path, whatever slashes surround it', () => {
    const table = new RouteTable([route('POST', '/orders/')]);
    expect(find(table, 'POST', 'orders')).toMatchObject({ kind: 'found', params: {} });
    expect(find(table, 'POST', '/orders/?a=1')).toMatchObject({ kind: 'found' });
    expect(find(table, 'POST', 'order')).toEqual({ kind: 'none' });
    expect(find(table, 'POST', 'orders/1')).toEqual({ kind: 'none' });
  });

  it('reads parameters from the path and decodes them', () => {
    const table = new RouteTable([route('GET', 'shops/:shop/orders/:id')]);
    expect(find(table, 'GET', 'shops/caf%C3%A9/orders/a%2Fb')).toMatchObject({ params: { shop: 'café', id: 'a/b' } });
  });

  it('prefers the fixed path over the parameter', () => {
    const table = new RouteTable([route('GET', 'orders/:id'), route('GET', 'orders/new')]);
    expect(find(table, 'GET', 'orders/new')).toMatchObject({ route: { path: 'orders/new' } });
    expect(find(table, 'GET', 'orders/7')).toMatchObject({ route: { path: 'orders/:id' } });
  });

  it('falls back to the parameter where the fixed path leads nowhere', () => {
    const table = new RouteTable([route('GET', ':any/end'), route('GET', 'orders/new'), route('POST', ':any/new')]);
    expect(find(table, 'GET', 'orders/end')).toMatchObject({ params: { any: 'orders' } });
    expect(find(table, 'POST', 'orders/new')).toMatchObject({ params: { any: 'orders' } });
  });

  it('answers HEAD like GET, and prefers a method over ANY', () => {
    const table = new RouteTable([route('GET', 'a'), route('ANY', 'a'), route('ANY', 'b')]);
    expect(find(table, 'HEAD', 'a')).toMatchObject({ route: { method: 'GET' } });
    expect(find(table, 'PUT', 'a')).toMatchObject({ route: { method: 'ANY' } });
    expect(find(table, 'PURGE', 'b')).toMatchObject({ route: { method: 'ANY' } });
  });

  it('names the methods that are allowed when another one is called', () => {
    const table = new RouteTable([route('GET', 'a'), route('POST', ':x')]);
    expect(find(table, 'DELETE', 'a')).toEqual({ kind: 'otherMethod', allow: ['GET', 'POST', 'HEAD', 'OPTIONS'] });
    expect(find(table, '', 'a')).toEqual({ kind: 'otherMethod', allow: ['GET', 'POST', 'HEAD', 'OPTIONS'] });
    expect(find(table, '', 'a/b')).toEqual({ kind: 'none' });
  });

  it('keeps a parameter named __proto__ as plain data', () => {
    const found = find(new RouteTable([route('GET', ':__proto__')]), 'GET', 'x');
    expect(JSON.stringify(found)).toContain('"params":{"__proto__":"x"}');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('refuses broken percent-encoding', () => {
    expect(requestSegments('a/%zz')).toBeUndefined();
  });

  it('takes patterns that differ in names of parameters only for the same', () => {
    expect(pathKeyOf('/orders/:id/')).toBe(pathKeyOf('orders/:order'));
    expect(pathKeyOf('orders/id')).not.toBe(pathKeyOf('orders/:id'));
  });
});
