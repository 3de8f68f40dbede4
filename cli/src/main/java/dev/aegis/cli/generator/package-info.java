/** From a commit of the reference and the answers to the tree of a project. */
@NullMarked
package dev.aegis.cli.generator;

import org.jspecify.annotations.NullMarked;
