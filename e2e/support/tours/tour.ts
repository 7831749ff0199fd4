import type { Page } from "@playwright/test";
import type { ConsoleWatch } from "../console-watch";

type Guide = {
  page: Page;
  /** Called on each page of the tour, when it is complete. */
  look: (name: string) => Promise<void>;
  openDevice: () => Promise<Page>;
  complaints: ConsoleWatch;
};

/** A walk past pages that belong together, whatever is looked at there. */
export type Tour = (guide: Guide) => Promise<void>;
