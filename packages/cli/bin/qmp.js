#!/usr/bin/env node
// Stands here before the build does, so that npm can link the command when it installs the workspace.
// oxlint-disable-next-line import/no-unassigned-import -- the program is run by being imported
import '#main';
