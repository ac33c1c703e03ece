export { default } from "./stock-push.ts";
