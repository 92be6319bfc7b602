// The list of Temporal workflows that its bundler asks for.
export { automationWorkflow } from './automation.workflow.js';
