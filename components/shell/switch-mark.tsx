/** Kytkin's mark: a switch that is on. */
export function SwitchMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 20" aria-hidden="true" focusable="false" className={className}>
      <rect width="32" height="20" rx="10" fill="currentColor" />
      <circle cx="22" cy="10" r="6.5" className="fill-white" />
      <path d="M8 10h4" className="stroke-white" strokeWidth="2.5" strokeLinecap="round" />
    </svg>
  );
}
