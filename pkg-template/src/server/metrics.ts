// What the proxy counts, in Prometheus's text format.

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createMetrics() {
  const requests = new Map();
  const refusals = new Map();
  const buckets = SECONDS.map(() => 0);
  let count = 0;
  let sum = 0;
  const add = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);

  return {
    /** An answer; `operation` and `code` are words of ours, `code` empty for the service's own answers. */
    answered(operation, status, code) {
      add(requests, `operation="${operation}",status="${status}"`);
      if (code) add(refusals, `code="${code}"`);
    },

    /** An exchange with the service, whatever came of it. */
    exchanged(milliseconds) {
      const seconds = Math.max(0, milliseconds) / 1000;
      count += 1;
      sum += seconds;
      for (let i = 0; i < SECONDS.length; i++) if (seconds <= SECONDS[i]) buckets[i] += 1;
    },

    /** @param {{ inFlight: number, clockOffsetMs: number, keysRefused: boolean }} now */
    text({ inFlight, clockOffsetMs, keysRefused }) {
      const lines = [];
      const metric = (name, kind, help, samples) => {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`);
        for (const [suffix, value] of samples) lines.push(`${name}${suffix} ${value}`);
      };
      const labelled = (map) =>
        [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([labels, value]) => [`{${labels}}`, value]);
      metric('cts_tracker_proxy_requests_total', 'counter', 'Answers by operation and status.', labelled(requests));
      metric('cts_tracker_proxy_problems_total', 'counter', "Answers of the proxy's own by code.", labelled(refusals));
      metric('cts_tracker_proxy_upstream_seconds', 'histogram', 'How long the service took.', [
        ...SECONDS.map((le, i) => [`_bucket{le="${le}"}`, buckets[i]]),
        ['_bucket{le="+Inf"}', count],
        ['_sum', sum],
        ['_count', count],
      ]);
      metric('cts_tracker_proxy_in_flight', 'gauge', 'Requests under way.', [['', inFlight]]);
      metric('cts_tracker_proxy_clock_offset_seconds', 'gauge', "How far the service's clock is ahead.", [
        ['', clockOffsetMs / 1000],
      ]);
      metric(
        'cts_tracker_proxy_keys_refused',
        'gauge',
        '1 while nothing is sent because the service refused the keys.',
        [['', keysRefused ? 1 : 0]],
      );
      return `${lines.join('\n')}\n`;
    },
  };
}
