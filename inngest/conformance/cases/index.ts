import type { Case } from "../case";
import { events } from "./events";
import { failures } from "./failures";
import { options } from "./options";
import { steps } from "./steps";

export const CASES: readonly Case[] = [...steps, ...events, ...failures, ...options];
