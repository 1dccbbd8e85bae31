Console.WriteLine("footfall");
