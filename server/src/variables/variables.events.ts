/** Channel on which processes hear that the variables of a project changed. */
export const variablesChangedChannel = 'variables.changed';

export interface VariablesChanged {
  projectId: string;
}
