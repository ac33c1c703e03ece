export { default } from "./reveal.ts";
