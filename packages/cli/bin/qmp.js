#!/usr/bin/env node
// Stands here before the build does, so that npm can link the command when it installs the workspace.
import '../dist/main.js';
