/** The public interface: read and check a plan, and draw it. */
export { type Compiled, compile, compileFiles } from './compile/index.ts';
export { type Addresses, createRenderer, type Renderer } from './compile/render.ts';
export { catalogue, type DiagnosticId, type Level } from './diagnostics/catalogue.ts';
export { allDiagnostics, type Diagnostic, levelOf } from './diagnostics/report.ts';
export type * from './model/content.ts';
export type * from './model/document.ts';
export { addDuration, type Duration, parseDuration } from './model/duration.ts';
export * from './model/plan.ts';
export { priorityOf } from './model/priority.ts';
export { formatReference, parseReference, type Reference } from './model/reference.ts';
export type * from './model/schema-types.ts';
