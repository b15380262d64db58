//go:build presign

package main

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/sts"
)

func init() {
	presigned = func(ctx context.Context, client *sts.Client) (string, error) {
		request, err := sts.NewPresignClient(client).PresignGetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
		if err != nil {
			return "", err
		}
		return request.URL, nil
	}
}
