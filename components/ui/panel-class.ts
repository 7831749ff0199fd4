export const OVERLAY_CLASS = "fixed inset-0 z-40 bg-black/45";
export const PANEL_CLASS =
  "fixed z-50 inset-x-0 bottom-0 max-h-[92dvh] overflow-y-auto rounded-t-2xl border border-line bg-surface p-5 shadow-raised " +
  "sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-[calc(100%-3rem)] sm:max-w-lg sm:-translate-1/2 sm:rounded-2xl sm:p-6";
