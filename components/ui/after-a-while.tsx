"use client";
import { type ReactNode, useEffect, useState } from "react";

/** Says something only once the page has stood open for a while. */
export function AfterAWhile({ seconds, children }: { seconds: number; children: ReactNode }) {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsOver(true), seconds * 1000);
    return () => clearTimeout(timer);
  }, [seconds]);
  return isOver ? children : null;
}
