/** Time, passed in so that tests can choose it. */
export abstract class Clock {
  /** Wall clock in milliseconds since 1970. */
  abstract now(): number;
  /** Monotonic milliseconds: only differences mean anything. Goes on while the process is stopped. */
  abstract monotonic(): number;
}

export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }

  monotonic(): number {
    return performance.now();
  }
}
