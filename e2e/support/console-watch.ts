import type { BrowserContext } from "@playwright/test";

/** Collects errors of the console (a refused content security policy is one) and errors that no code caught. */
export class ConsoleWatch {
  private readonly expected: RegExp[] = [];
  private readonly heard: string[] = [];

  follow(context: BrowserContext): void {
    context.on("console", (message) => {
      if (message.type() === "error") this.heard.push(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (webError) => this.heard.push(String(webError.error().stack)));
  }

  /** For a test that brings a complaint about: a page that is meant to be a 404, for example. */
  expect(complaint: RegExp): void {
    this.expected.push(complaint);
  }

  get unexpected(): string[] {
    return this.heard.filter((complaint) => !this.expected.some((pattern) => pattern.test(complaint)));
  }
}
