return NernstPlanckGpu.Cli.EntryPoint.Run(args);
