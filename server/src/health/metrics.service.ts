import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, register } from 'prom-client';
import { version } from '../config/version.service.js';

/** Numbers for Prometheus. Other rooms add theirs to the default register of prom-client. */
@Injectable()
export class Metrics {
  constructor() {
    // The register belongs to the process, and specs start several servers in one.
    if (register.getSingleMetric('process_cpu_seconds_total')) return;
    collectDefaultMetrics();
    new Gauge({ name: 'wfaib_info', help: 'Version of the server', labelNames: ['version'] }).labels(version).set(1);
  }

  /** All numbers in the text format of Prometheus. */
  text(): Promise<string> {
    return register.metrics();
  }

  /** Measures every request by route, not by address: a label with ids in it would grow without end. */
  measureRequests(fastify: FastifyInstance): void {
    const duration = requestDuration();
    fastify.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'unknown';
      duration.labels(request.method, route, String(reply.statusCode)).observe(reply.elapsedTime / 1000);
      done();
    });
  }
}

const durationName = 'wfaib_http_request_seconds';

function requestDuration(): Histogram<'method' | 'route' | 'status'> {
  const known = register.getSingleMetric(durationName) as Histogram<'method' | 'route' | 'status'> | undefined;
  return (
    known ??
    new Histogram({
      name: durationName,
      help: 'Time from request to answer in seconds',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    })
  );
}
