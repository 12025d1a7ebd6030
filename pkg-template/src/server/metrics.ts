// The proxy's counters, in the text format of Prometheus.
import type { ProxyProblemCode } from '../generated/names.js';

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The gauges that the wasm has. */
export interface Gauges {
  inFlight: number;
  clockOffsetMs: number;
  isPaused: boolean;
}

export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #problems = new Map<string, number>();
  readonly #buckets = SECONDS.map((upTo) => ({ upTo, count: 0 }));
  #count = 0;
  #sum = 0;

  /** Counts an answer; `code` is null for the service's own answers. */
  answered(operation: string, status: number, code: ProxyProblemCode | null): void {
    increment(this.#requests, `operation="${operation}",status="${status}"`);
    if (code) increment(this.#problems, `code="${code}"`);
  }

  /** Counts an exchange with the service, whatever its result. */
  exchanged(milliseconds: number): void {
    const seconds = Math.max(0, milliseconds) / 1000;
    this.#count += 1;
    this.#sum += seconds;
    for (const bucket of this.#buckets) if (seconds <= bucket.upTo) bucket.count += 1;
  }

  text({ inFlight, clockOffsetMs, isPaused }: Gauges): string {
    const lines: string[] = [];
    const metric = (name: string, type: string, help: string, samples: [suffix: string, value: number][]) => {
      lines.push(`# HELP cts_tracker_proxy_${name} ${help}`, `# TYPE cts_tracker_proxy_${name} ${type}`);
      for (const [suffix, value] of samples) lines.push(`cts_tracker_proxy_${name}${suffix} ${value}`);
    };
    metric('requests_total', 'counter', 'Answers by operation and status.', labelled(this.#requests));
    metric('problems_total', 'counter', 'Answers of the proxy itself by code.', labelled(this.#problems));
    metric('upstream_seconds', 'histogram', 'How long the service took.', [
      ...this.#buckets.map(({ upTo, count }): [string, number] => [`_bucket{le="${upTo}"}`, count]),
      ['_bucket{le="+Inf"}', this.#count],
      ['_sum', this.#sum],
      ['_count', this.#count],
    ]);
    metric('in_flight', 'gauge', 'Requests in flight.', [['', inFlight]]);
    metric('clock_offset_seconds', 'gauge', "How far the service's clock is ahead.", [['', clockOffsetMs / 1000]]);
    metric('keys_refused', 'gauge', '1 while nothing is sent because the service refused the keys.', [
      ['', isPaused ? 1 : 0],
    ]);
    return `${lines.join('\n')}\n`;
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function labelled(counts: Map<string, number>): [string, number][] {
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([labels, value]) => [`{${labels}}`, value]);
}
