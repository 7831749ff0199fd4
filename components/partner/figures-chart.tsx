const HEIGHT = 160;
const BASE = 140;
const TOP = 12;
const WIDTH = 640;

type Bar = { label: string; outer: number; inner: number };

/**
 * Bars within bars, drawn on the server. The drawing is hidden from screen readers and takes no focus: the table beside it is
 * the content.
 */
export function NestedBars({ bars }: { bars: Bar[] }) {
  const most = Math.max(1, ...bars.map(({ outer }) => outer));
  const step = WIDTH / Math.max(1, bars.length);
  const width = Math.min(48, step * 0.7);
  const scale = (value: number) => ((BASE - TOP) * value) / most;
  // Labels of many weeks would run into each other.
  const every = Math.ceil(bars.length / 7);
  return (
    <svg aria-hidden="true" focusable="false" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="w-full">
      <line x1="0" x2={WIDTH} y1={BASE} y2={BASE} className="stroke-line-strong" />
      {bars.map(({ label, outer, inner }, at) => {
        const x = at * step + (step - width) / 2;
        return (
          <g key={label}>
            <rect
              x={x}
              y={BASE - scale(outer)}
              width={width}
              height={scale(outer)}
              rx="2"
              className="fill-accent-line"
            />
            <rect
              x={x + width * 0.2}
              y={BASE - scale(inner)}
              width={width * 0.6}
              height={scale(inner)}
              rx="2"
              className="fill-accent"
            />
            {at % every === 0 && (
              <text
                x={Math.min(WIDTH - 24, Math.max(24, x + width / 2))}
                y={HEIGHT - 4}
                textAnchor="middle"
                className="fill-ink-soft text-xs"
              >
                {label}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** A share of a whole as a bar; the number stands beside it. */
export function ShareBar({ share }: { share: number }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 100 8"
      preserveAspectRatio="none"
      className="h-2 w-full"
    >
      <rect width="100" height="8" className="fill-sunken" />
      <rect width={100 * share} height="8" className="fill-accent" />
    </svg>
  );
}
