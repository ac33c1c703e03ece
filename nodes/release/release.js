export { default } from "./release.ts";
