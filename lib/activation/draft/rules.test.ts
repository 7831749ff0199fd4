import { describe, expect, test } from "vitest";
import type { Setting } from "@/lib/catalogue/integration/schema";
import { openStepOf } from "./rules";

describe("a draft waits at", () => {
  const mark: Setting = {
    name: "mark",
    label: "Mark",
    help: "Help",
    type: "text",
    maxLength: 5,
    required: true,
  };
  const selectedAt = new Date(0);

  test("the companies until some are picked, whatever was chosen before", () => {
    expect(openStepOf({ selectedAt: null, settings: { mark: "K-1" } }, [mark])).toBe("environments");
  });

  test("the settings while they are not chosen, or what was chosen does not fit any more", () => {
    expect(openStepOf({ selectedAt, settings: null }, [mark])).toBe("settings");
    expect(openStepOf({ selectedAt, settings: { mark: "too long" } }, [mark])).toBe("settings");
  });

  test("the last look with everything chosen, or with nothing to choose", () => {
    expect(openStepOf({ selectedAt, settings: { mark: "K-1" } }, [mark])).toBe("technical-user");
    expect(openStepOf({ selectedAt, settings: null }, [])).toBe("technical-user");
  });
});
